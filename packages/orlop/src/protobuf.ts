import type { Serializer } from '@orlop/apimachinery';
import { protobufNumbers } from '@orlop/kubernetes-schema/protobuf';

/** Protobuf for the built-in types. All but the list of packages that have numbers is loaded by the first body that needs it. */
export const protobuf: Serializer = {
  mediaType: 'application/vnd.kubernetes.protobuf',
  supports: (type) => type.kind === 'struct' && protobufNumbers.has(type.ref),
  async load(type) {
    return (await serializer()).load(type);
  },
};

let loading: Promise<Serializer> | undefined;

function serializer(): Promise<Serializer> {
  loading ??= import('@orlop/protobuf').then(
    ({ createProtobufSerializer }) => createProtobufSerializer(protobufNumbers),
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}
