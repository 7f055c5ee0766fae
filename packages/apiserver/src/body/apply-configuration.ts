import { badRequest, conflict, type KubernetesObject, readYaml, yamlDuplicatesText } from '@orlop/apimachinery';
import type { FieldManager, PatchOptions } from '@orlop/rest';
import type { Target } from '../resources.ts';
import { goKind } from './type-meta.ts';

/** What somebody applies, as it was sent. */
export interface Configuration {
  readonly fields: Readonly<Record<string, unknown>>;
  /** Keys that were given again. */
  readonly duplicates: readonly string[];
}

/** The body of an apply patch: YAML, of which JSON is a part. @throws BadRequest */
export function readConfiguration(text: string): Configuration {
  const fail = (why: string) => badRequest(`error decoding YAML: ${why}`);
  let value: unknown;
  let duplicates: readonly string[];
  try {
    ({ value, duplicates } = readYaml(text));
  } catch (error) {
    throw fail(`error converting YAML to JSON: ${(error as Error).message}`);
  }
  const fields = floating(value ?? {});
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
    const what = `cannot unmarshal ${goKind(value)} into Go value of type map[string]interface {}`;
    throw fail(`error unmarshaling JSON: while decoding JSON: json: ${what}`);
  }
  return { fields: fields as Configuration['fields'], duplicates };
}

/** Kubernetes reads every number of such a body as floating. */
function floating(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(floating);
  const members = value as Record<string, unknown>;
  for (const name of Object.keys(members)) {
    const member = members[name];
    if (typeof member === 'bigint' || typeof member === 'object') members[name] = floating(member);
  }
  return members;
}

export interface ApplyRequest {
  readonly fields: FieldManager;
  readonly target: Target;
  readonly name: string;
  readonly options: PatchOptions;
  readonly warn: (text: string) => void;
}

/**
 * The live object with a configuration applied to it.
 * @throws what the field manager throws; BadRequest for repeated keys with strict validation; Conflict for a uid without
 * an object
 */
export function applyConfiguration(
  { fields, target, name, options, warn }: ApplyRequest,
  sent: Configuration,
  live: KubernetesObject | undefined,
): KubernetesObject {
  const object = fields.apply(live, sent.fields, options.fieldManager, options.force === true);
  const repeated = yamlDuplicatesText(sent.duplicates);
  if (repeated !== undefined) {
    const { fieldValidation } = options;
    if (fieldValidation === 'Strict') {
      throw badRequest(`error strict decoding YAML: error converting YAML to JSON: ${repeated}`);
    }
    if (fieldValidation === 'Warn') for (const line of sent.duplicates) warn(line);
  }
  const { uid = '' } = object.metadata;
  if (live === undefined && uid !== '') {
    const why = `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`;
    throw conflict(target.entry.groupResource, name, why);
  }
  return object;
}
