/** What the types of one API package are, and their fields, in prose: by type name, then by field; the type itself is `''`. */
export type Descriptions = Readonly<Record<string, FieldTexts>>;

export type FieldTexts = Readonly<Record<string, string>>;
