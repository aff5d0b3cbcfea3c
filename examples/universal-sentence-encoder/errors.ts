/** The user asked for something that cannot be: the message is enough, no stack trace. */
export class UsageError extends Error {}
