import { createClientLogger } from "@azure/logger";

/** `azure:tidemark:checkpointstore`; shown by `AZURE_LOG_LEVEL=info`, as the SDK's own loggers are. */
export const logger = createClientLogger("tidemark:checkpointstore");
