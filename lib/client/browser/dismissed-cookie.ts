export const dismissedCookie = "tidemark-dismissed-resets";
