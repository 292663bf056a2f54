import { createClientLogger } from "@azure/logger";

/** Named `azure:tidemark:checkpointstore`; `AZURE_LOG_LEVEL=info` shows it like the SDK's loggers. */
export const logger = createClientLogger("tidemark:checkpointstore");
