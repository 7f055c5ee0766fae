/** A JSON object under construction. */
export type Json = Readonly<Record<string, unknown>>;
