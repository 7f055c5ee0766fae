import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { applyJsonPatch } from '../src/index.ts';

interface Case {
  readonly comment?: string;
  readonly doc: unknown;
  readonly patch: unknown;
  readonly expected?: unknown;
  readonly error?: string;
  readonly disabled?: boolean;
}

/** Where the library that Kubernetes uses departs from the suite, and why. */
const departures: Readonly<Record<string, string>> = {
  'Out of bounds (lower)': 'negative indices count from the end, so -1 of add is the end',
  'replacing the root of the document is possible with add': 'the root can only be replaced',
  "missing 'value' parameter to add": 'a missing value is null',
  "missing 'value' parameter to replace": 'a missing value is null',
  "missing 'value' parameter to test": 'a missing value is null, which the document has there',
};

const require = createRequire(import.meta.url);

for (const file of ['tests.json', 'spec_tests.json']) {
  const cases = JSON.parse(readFileSync(require.resolve(`json-patch-test-suite/${file}`), 'utf8')) as Case[];
  describe(`json-patch-test-suite ${file}`, () => {
    cases.forEach((one, index) => {
      if (one.disabled || one.patch === undefined) return;
      const title = `${index} ${one.comment ?? one.error ?? JSON.stringify(one.patch)}`;
      const run = (): unknown => applyJsonPatch(one.doc, JSON.stringify(one.patch));
      const departure = departures[one.comment ?? one.error ?? ''];
      if (departure !== undefined) {
        // Still run: it must do the opposite of what the suite wants.
        test(`${title} (differs: ${departure})`, () => {
          if (one.error === undefined) expect(run).toThrow();
          else expect(run).not.toThrow();
        });
        return;
      }
      test(title, () => {
        if (one.error === undefined) expect(run()).toEqual(one.expected ?? one.doc);
        else expect(run).toThrow();
      });
    });
  });
}
