import type { Container } from "../rhea.ts";

/** Accepts everybody with the first message, since the endpoint is on loopback alone. */
const letIn = () => ({
  outcome: undefined as boolean | undefined,
  username: undefined,
  start() {
    this.outcome = true;
  },
});

export function addMechanisms(container: Container): void {
  for (const name of ["MSSBCBS", "PLAIN", "ANONYMOUS", "EXTERNAL"]) {
    container.sasl_server_mechanisms[name] = letIn;
  }
}
