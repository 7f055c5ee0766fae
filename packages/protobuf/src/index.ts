// The serializer
export { createProtobufSerializer, protobufMediaType } from './create-protobuf-serializer.ts';

// What it throws
export { WireError } from './wire-error.ts';
