import type { Secret } from '@orlop/kubernetes-schema/core/v1';
import { type Defaults, defaults, setDefault } from '@orlop/rest';
import { encodeTextBase64 } from '../keyed-data/base64.ts';
import { settleBytes } from '../keyed-data/keyed-data.ts';

export const secretDefaults: Defaults<Secret> = defaults((at) => [setDefault(at.type, 'Opaque')]);

/** `stringData` is for writing only: its texts replace entries of `data`, and it is gone. */
export function foldStringData(secret: Secret): void {
  settleBytes(secret.data);
  const { stringData } = secret;
  if (stringData === undefined) return;
  delete secret.stringData;
  const texts = Object.entries(stringData);
  if (texts.length === 0) return;
  secret.data ??= {};
  for (const [key, text] of texts) secret.data[key] = encodeTextBase64(text ?? '');
}
