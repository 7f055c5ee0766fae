/** A selector as objects hold it (meta/v1 LabelSelector). Parts are joined by AND. */
export interface LabelSelectorSpec {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly LabelSelectorRequirement[];
}

export interface LabelSelectorRequirement {
  readonly key: string;
  /** `In`, `NotIn`, `Exists` or `DoesNotExist`; a text because objects may hold anything until they are checked. */
  readonly operator: string;
  readonly values?: readonly string[];
}
