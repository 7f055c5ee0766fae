import { ApiError } from '../errors/api-error.ts';
import { badRequest, genericServerResponse, requestEntityTooLarge, unclassified } from '../errors/constructors.ts';

/**
 * BadRequest: the patch itself is malformed (400). Unprocessable: an operation failed (422). Unclassified: upstream's plain
 * 500. TooLarge: over a limit (413).
 */
export type PatchErrorCode = 'BadRequest' | 'Unprocessable' | 'Unclassified' | 'TooLarge';

/**
 * A patch that cannot be read or applied. An ApiError whose `status` is what Kubernetes answers; `message` says what went
 * wrong, which for Unprocessable the answer keeps to itself.
 */
export class PatchError extends ApiError {
  readonly patchCode: PatchErrorCode;

  constructor(code: PatchErrorCode, message: string) {
    super(answers[code](message).status);
    this.patchCode = code;
    this.message = message;
  }
}

const answers: Readonly<Record<PatchErrorCode, (message: string) => ApiError>> = {
  BadRequest: badRequest,
  Unprocessable: () => genericServerResponse(422),
  Unclassified: unclassified,
  TooLarge: requestEntityTooLarge,
};
