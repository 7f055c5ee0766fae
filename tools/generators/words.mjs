/** `CloudKv` of `cloud-kv` */
export const pascal = (kebab) => kebab.replace(/(?:^|-)([a-z0-9])/g, (_, letter) => letter.toUpperCase());

/** `limit-range` of `LimitRange`; runs of capitals are one word: `api-service` of `APIService` */
export const kebab = (kind) =>
  kind
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();

/** `limitRange` of `LimitRange`, `apiService` of `APIService` */
export const camel = (kind) => kind.replace(/^(?:[A-Z]+(?=[A-Z][a-z])|[A-Z]+$|[A-Z])/, (start) => start.toLowerCase());

/** As English makes it; irregular ones are given by hand. */
export function plural(singular) {
  if (/(?:s|x|z|ch|sh)$/.test(singular)) return `${singular}es`;
  if (/[^aeiou]y$/.test(singular)) return `${singular.slice(0, -1)}ies`;
  return `${singular}s`;
}
