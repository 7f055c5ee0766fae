import type { Scalar, TypeNode } from './type-node.ts';

const scalarNames: Readonly<Record<Scalar, string>> = {
  string: 'string',
  int32: 'int32',
  int64: 'int64',
  float64: 'float64',
  bool: 'bool',
  bytes: '[]uint8',
  time: 'v1.Time',
  microTime: 'v1.MicroTime',
  duration: 'v1.Duration',
  quantity: 'resource.Quantity',
  intOrString: 'intstr.IntOrString',
};

/** How Go prints a type: `v1.Container`, `[]string`, `map[string]string`, `types.UID`. */
export function goTypeName(type: TypeNode): string {
  switch (type.kind) {
    case 'struct': {
      // io.k8s.api.core.v1.Container lives in a Go package called v1.
      if (type.goType === '') return 'map[string]interface {}';
      const packageName = type.ref.split('.').at(-2);
      return packageName === undefined ? type.goType : `${packageName}.${type.goType}`;
    }
    case 'map':
      return type.goType || `map[string]${goTypeName(type.values)}`;
    case 'list':
      return type.goType || `[]${goTypeName(type.items)}`;
    case 'any':
      return type.objectOnly ? 'map[string]interface {}' : 'interface {}';
    case 'scalar':
      return type.goType ?? scalarNames[type.scalar];
  }
}
