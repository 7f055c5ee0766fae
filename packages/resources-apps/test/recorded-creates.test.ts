import { readFileSync } from 'node:fs';
import { type FieldErrorList, fieldErrorBody, type KubernetesObject } from '@orlop/apimachinery';
import type { RequestContext, ResourceBody } from '@orlop/rest';
import { decodeValue, encode, normalize } from '@orlop/schema';
import { describe, expect, it } from 'vitest';
import { apps } from '../src/index.ts';

/** What a kube-apiserver 1.36.3 answered to creations: the stored object, or the causes of its refusal. */
interface Recorded {
  readonly name: string;
  readonly resource: string;
  readonly body: KubernetesObject;
  readonly status: 201 | 422;
  readonly object?: KubernetesObject;
  readonly causes?: readonly { readonly reason: string; readonly message: string; readonly field: string }[];
  readonly warnings?: readonly string[];
  /** The server walks maps in random order here. */
  readonly unordered?: boolean;
}

const file = (name: string): readonly Recorded[] => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));

const recorded = [...file('./recorded-creates.json'), ...file('./recorded-templates.json')];

const context = {
  request: { apiGroup: 'apps', apiVersion: 'v1', namespace: 'ns', verb: 'create' },
  warn() {},
} as unknown as RequestContext;

/** What the server does between a body and the store, as far as definitions have a part in it. */
function create(body: ResourceBody, given: KubernetesObject) {
  const { value } = decodeValue(body.type, given);
  const object = value as KubernetesObject;
  body.defaults?.(object);
  body.normalize?.(object);
  object.metadata.namespace ??= 'ns';
  if ((object.metadata.name ?? '') === '' && object.metadata.generateName) {
    object.metadata.name = `${object.metadata.generateName}x`;
  }
  body.strategy.prepareForCreate?.(context, object);
  const errors: FieldErrorList = body.strategy.validate(context, object);
  const warnings = errors.length === 0 ? (body.strategy.warningsOnCreate?.(context, object) ?? []) : [];
  return { object: normalize(body.type, object) as KubernetesObject, errors, warnings };
}

describe.each(apps.map((definition) => [definition.plural, definition] as const))('%s', (plural, definition) => {
  it.each(recorded.filter(({ resource }) => resource === plural))('$name', async (record) => {
    const body = await definition.load();
    const { object, errors, warnings } = create(body, record.body);
    const causes = errors.map((error) => ({ reason: error.type, message: fieldErrorBody(error), field: error.field }));
    const expected = [...(record.causes ?? [])];
    if (record.unordered)
      for (const list of [causes, expected]) list.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    expect(causes).toEqual(expected);
    if (record.warnings !== undefined) expect(warnings).toEqual(record.warnings);
    if (record.object !== undefined) {
      const shown = JSON.parse(encode(body.type, object));
      delete shown.metadata.creationTimestamp;
      delete shown.metadata.managedFields;
      expect(shown).toEqual(record.object);
    }
  });
});
