/** A stored object in protobuf, which a kube-apiserver writes unless it is told otherwise. Orlop stores JSON. */
export class ProtobufValueError extends Error {
  override readonly name = 'ProtobufValueError';
  readonly code = 'ProtobufValue';
}

/** True for the error itself and for the StorageError that a call fails with, whose cause it is. */
export function isProtobufValue(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  return code === 'ProtobufValue' || (code === 'InternalError' && isProtobufValue(cause));
}

/** The four bytes in front of every protobuf document of Kubernetes: `k8s` and a zero. */
const mark: readonly number[] = [0x6b, 0x38, 0x73, 0];

/** @throws ProtobufValueError */
export function refuseProtobuf(document: Uint8Array): void {
  if (mark.some((byte, i) => document[i] !== byte)) return;
  throw new ProtobufValueError(
    'the object is stored as protobuf; let its kube-apiserver write it again with --storage-media-type=application/json',
  );
}
