/** Reads the facts of a release: `types.json` (what Go's reflection says) and the OpenAPI documents (what clients are told). */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiPackages } from './packages.mjs';

/** Types that write and read themselves; to a schema they are one value each. */
const ownCodec = new Map([
  ['k8s.io/apimachinery/pkg/apis/meta/v1.Time', { type: 'string', format: 'date-time', 'x-orlop-go-type': 'v1.Time' }],
  ['k8s.io/apimachinery/pkg/apis/meta/v1.MicroTime', { type: 'string', format: 'micro-time' }],
  ['k8s.io/apimachinery/pkg/api/resource.Quantity', { type: 'string', format: 'quantity' }],
  ['k8s.io/apimachinery/pkg/util/intstr.IntOrString', { format: 'int-or-string', 'x-kubernetes-int-or-string': true }],
  ['k8s.io/apimachinery/pkg/apis/meta/v1.FieldsV1', { type: 'object', format: 'fields-v1' }],
  ['k8s.io/apimachinery/pkg/runtime.RawExtension', { format: 'raw' }],
]);
for (const name of ['JSON', 'JSONSchemaPropsOrArray', 'JSONSchemaPropsOrBool', 'JSONSchemaPropsOrStringArray']) {
  ownCodec.set(`k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.${name}`, { format: 'raw' });
}

/** `k8s.io/api/apps/v1.Deployment` → `io.k8s.api.apps.v1.Deployment`, the name OpenAPI gives it. */
export function openapiName(goType) {
  const [domain, ...rest] = goType.split('/');
  return [...domain.split('.').reverse(), ...rest].join('.');
}

/**
 * Reads DIR, and NAMES: which fields have a named Go type (`v1.Protocol`), taken by reflection from the same release. `hash` is that of everything read, so that a committed module says what it
 * was made from.
 */
export function readFacts(directory, namesFile) {
  const hash = createHash('sha256');
  const read = (file) => {
    const text = readFileSync(file, 'utf8');
    hash.update(text);
    return JSON.parse(text);
  };
  const { types } = read(join(directory, 'types.json'));
  const openapi = {};
  for (const { openapi: document } of apiPackages) {
    if (document === undefined) continue;
    const { components } = read(join(directory, 'openapi', `${document}.json`));
    for (const [name, schema] of Object.entries(components.schemas)) openapi[name] ??= schema;
  }
  const named = read(namesFile);
  return { types, openapi, named, ownCodec, hash: hash.digest('hex') };
}

/** The fields of a struct with embedded ones in their place; `embedded` is the path of Go names that leads to them. */
export function flatFields(facts, goType, embedded = []) {
  return (facts.types[goType] ?? []).flatMap((field) => {
    const inner = field.type.replace(/^\*/, '');
    if (field.json !== '<inline>') return field.json === undefined ? [] : [{ ...field, embedded, owner: goType }];
    return flatFields(facts, inner, [...embedded, field.go]);
  });
}
