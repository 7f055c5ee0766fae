import type { Descriptions } from './descriptions.ts';

/** k8s.io/apimachinery/pkg/api/resource. */
export const quantityDescriptions: Descriptions = {
  Quantity: {
    '': 'A fixed-point number with an optional suffix: decimal (n, u, m, k, M, G, T, P, E), binary (Ki, Mi, Gi, Ti, Pi, Ei) or an exponent (1e3). It is answered in its shortest exact form: 1000m becomes 1.',
  },
};

/** k8s.io/apimachinery/pkg/util/intstr. */
export const intOrStringDescriptions: Descriptions = {
  IntOrString: {
    '': 'Either a 32-bit integer or a string. What a string means, such as a percentage or the name of a port, depends on the field.',
  },
};

/** k8s.io/apimachinery/pkg/runtime. */
export const runtimeDescriptions: Descriptions = {
  RawExtension: {
    '': 'An object of any kind, carried as it is. It says its own apiVersion and kind.',
  },
};
