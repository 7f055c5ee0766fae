/** A Swagger document and what gnostic's own writer makes of it, in base64. */
export const swaggerVector = {
  document: {
    swagger: '2.0',
    info: { title: 'Kubernetes', version: '1.36' },
    paths: {
      '/apis/demo/v1/namespaces/{namespace}/things': {
        get: {
          tags: ['demo_v1'],
          operationId: 'listThing',
          consumes: ['*/*'],
          produces: ['application/json'],
          schemes: ['https'],
          responses: {
            '200': { description: 'OK', schema: { $ref: '#/definitions/Thing' } },
            '401': { description: 'Unauthorized' },
          },
          'x-kubernetes-action': 'list',
          'x-kubernetes-group-version-kind': { group: 'demo', kind: 'Thing', version: 'v1' },
        },
        post: {
          tags: ['demo_v1'],
          operationId: 'createThing',
          parameters: [
            { name: 'body', in: 'body', required: true, schema: { $ref: '#/definitions/Thing' } },
            { $ref: '#/parameters/dryRun' },
          ],
          responses: { '201': { description: 'Created' } },
        },
        parameters: [{ name: 'namespace', in: 'path', required: true, type: 'string', uniqueItems: true }],
      },
    },
    definitions: {
      Thing: {
        description: 'A thing.',
        type: 'object',
        required: ['spec'],
        properties: { spec: { $ref: '#/definitions/Spec' }, free: { 'x-kubernetes-preserve-unknown-fields': true } },
        'x-kubernetes-group-version-kind': [{ group: 'demo', kind: 'Thing', version: 'v1' }],
      },
      Spec: {
        type: 'object',
        properties: {
          size: { type: 'integer', format: 'int32', minimum: 1.5, maxLength: 300 },
          colour: { type: 'string', enum: ['red', 'blue'] },
          labels: { type: 'object', additionalProperties: { type: 'string' } },
          any: { type: 'object', additionalProperties: true },
          ports: {
            type: 'array',
            items: { type: 'object' },
            'x-kubernetes-list-map-keys': ['port', 'protocol'],
            'x-kubernetes-list-type': 'map',
          },
        },
      },
    },
    parameters: { dryRun: { name: 'dryRun', in: 'query', type: 'string', uniqueItems: true } },
    security: [{ BearerToken: [] }],
    securityDefinitions: {
      BearerToken: { type: 'apiKey', name: 'authorization', in: 'header', description: 'a token' },
    },
  },
  gnostic:
    'CgMyLjASEgoKS3ViZXJuZXRlcxIEMS4zNkKuAxKrAworL2FwaXMvZGVtby92MS9uYW1lc3BhY2VzL3tuYW1lc3BhY2V9L3RoaW5ncxL7AhLgAQoHZGVtb192MSoJbGlzdFRoaW5nMhBhcHBsaWNhdGlvbi9qc29uOgMqLypKQQomCgMyMDASHwodCgJPSxIXChUKEyMvZGVmaW5pdGlvbnMvVGhpbmcKFwoDNDAxEhAKDgoMVW5hdXRob3JpemVkUgVodHRwc2oeChN4LWt1YmVybmV0ZXMtYWN0aW9uEgcSBWxpc3QKakkKH3gta3ViZXJuZXRlcy1ncm91cC12ZXJzaW9uLWtpbmQSJhIkZ3JvdXA6IGRlbW8Ka2luZDogVGhpbmcKdmVyc2lvbjogdjEKInAKB2RlbW9fdjEqC2NyZWF0ZVRoaW5nQikKJwolEgRib2R5GgRib2R5IAEqFQoTIy9kZWZpbml0aW9ucy9UaGluZ0IXEhUKEyMvcGFyYW1ldGVycy9kcnlSdW5KFAoSCgMyMDESCwoJCgdDcmVhdGVkSiQKIhIgIh4IARIEcGF0aCIJbmFtZXNwYWNlKgZzdHJpbmeYAQFKgwQK1QEKBVRoaW5nEssBIghBIHRoaW5nLpoBBHNwZWOyAQgKBm9iamVjdMoBWgocCgRzcGVjEhQKEiMvZGVmaW5pdGlvbnMvU3BlYwo6CgRmcmVlEjL6AS8KJHgta3ViZXJuZXRlcy1wcmVzZXJ2ZS11bmtub3duLWZpZWxkcxIHEgV0cnVlCvoBTwofeC1rdWJlcm5ldGVzLWdyb3VwLXZlcnNpb24ta2luZBIsEiotIGdyb3VwOiBkZW1vCiAga2luZDogVGhpbmcKICB2ZXJzaW9uOiB2MQoKqAIKBFNwZWMSnwKyAQgKBm9iamVjdMoBkAIKJwoEc2l6ZRIfEgVpbnQzMkkAAAAAAAD4P1isArIBCQoHaW50ZWdlcgooCgZjb2xvdXISHqIBBhIEcmVkCqIBBxIFYmx1ZQqyAQgKBnN0cmluZwolCgZsYWJlbHMSG6oBDQoLsgEICgZzdHJpbmeyAQgKBm9iamVjdAoXCgNhbnkSEKoBAhABsgEICgZvYmplY3QKewoFcG9ydHMScrIBBwoFYXJyYXm6AQ0KC7IBCAoGb2JqZWN0+gEyChp4LWt1YmVybmV0ZXMtbGlzdC1tYXAta2V5cxIUEhItIHBvcnQKLSBwcm90b2NvbAr6ASAKFngta3ViZXJuZXRlcy1saXN0LXR5cGUSBhIEbWFwClIqCigKBmRyeVJ1bhIeEhwaGhIFcXVlcnkiBmRyeVJ1bjIGc3RyaW5noAEBYhEKDwoLQmVhcmVyVG9rZW4SAGo7CjkKC0JlYXJlclRva2VuEioSKAoGYXBpS2V5Eg1hdXRob3JpemF0aW9uGgZoZWFkZXIiB2EgdG9rZW4=',
};
