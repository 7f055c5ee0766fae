import { type ApiError, applyConflict, goQuote } from '@orlop/apimachinery';
import type { Conflict } from '@orlop/structured-merge';
import { identityOf } from './manager-identity.ts';

/** Others own with other values what is applied. */
export class ApplyConflicts extends Error {
  override readonly name = 'ApplyConflicts';
  readonly conflicts: readonly Conflict[];

  constructor(conflicts: readonly Conflict[]) {
    super(messageOf(conflicts));
    this.conflicts = conflicts;
  }

  /** 409 with one cause for each field. */
  toApiError(): ApiError {
    const causes = this.conflicts.map(({ manager, field }) => ({
      reason: 'FieldManagerConflict' as const,
      message: `conflict with ${managerText(manager)}`,
      field,
    }));
    return applyConflict(causes, this.message);
  }
}

function messageOf(conflicts: readonly Conflict[]): string {
  const [first] = conflicts;
  if (conflicts.length === 1 && first !== undefined) {
    return `Apply failed with 1 conflict: conflict with ${managerText(first.manager)}: ${first.field}`;
  }
  const lines: string[] = [];
  let last: string | undefined;
  for (const { manager, field } of conflicts) {
    if (manager !== last) lines.push(`conflicts with ${managerText(manager)}:`);
    lines.push(`- ${field}`);
    last = manager;
  }
  return `Apply failed with ${conflicts.length} conflicts: ${lines.join('\n')}`;
}

/** `"hpa" with subresource "scale" using apps/v1`; appliers show no version. */
function managerText(identity: string): string {
  const { manager = '', operation, apiVersion = '', subresource = '' } = identityOf(identity);
  const who = subresource === '' ? goQuote(manager) : `${goQuote(manager)} with subresource ${goQuote(subresource)}`;
  return operation === 'Update' ? `${who} using ${apiVersion}` : who;
}
