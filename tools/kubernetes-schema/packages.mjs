/**
 * Which API packages become modules of @orlop/kubernetes-schema: one row each.
 * `go` is the Go package, `openapi` the document that has its list types and merge keys, `path` the module's place.
 * meta/v1 has no document of its own: every other document carries a part of it.
 */
export const apiPackages = [
  { path: 'meta/v1', go: 'k8s.io/apimachinery/pkg/apis/meta/v1', openapi: undefined },
  { path: 'core/v1', go: 'k8s.io/api/core/v1', openapi: 'v1' },
  { path: 'apps/v1', go: 'k8s.io/api/apps/v1', openapi: 'apps.v1' },
  { path: 'autoscaling/v1', go: 'k8s.io/api/autoscaling/v1', openapi: 'autoscaling.v1' },
  { path: 'autoscaling/v2', go: 'k8s.io/api/autoscaling/v2', openapi: 'autoscaling.v2' },
  { path: 'batch/v1', go: 'k8s.io/api/batch/v1', openapi: 'batch.v1' },
  { path: 'policy/v1', go: 'k8s.io/api/policy/v1', openapi: 'policy.v1' },
  { path: 'networking/v1', go: 'k8s.io/api/networking/v1', openapi: 'networking.k8s.io.v1' },
  { path: 'discovery/v1', go: 'k8s.io/api/discovery/v1', openapi: 'discovery.k8s.io.v1' },
  { path: 'events/v1', go: 'k8s.io/api/events/v1', openapi: 'events.k8s.io.v1' },
  { path: 'rbac/v1', go: 'k8s.io/api/rbac/v1', openapi: 'rbac.authorization.k8s.io.v1' },
  { path: 'scheduling/v1', go: 'k8s.io/api/scheduling/v1', openapi: 'scheduling.k8s.io.v1' },
  { path: 'storage/v1', go: 'k8s.io/api/storage/v1', openapi: 'storage.k8s.io.v1' },
  { path: 'node/v1', go: 'k8s.io/api/node/v1', openapi: 'node.k8s.io.v1' },
  { path: 'coordination/v1', go: 'k8s.io/api/coordination/v1', openapi: 'coordination.k8s.io.v1' },
  { path: 'certificates/v1', go: 'k8s.io/api/certificates/v1', openapi: 'certificates.k8s.io.v1' },
  { path: 'flowcontrol/v1', go: 'k8s.io/api/flowcontrol/v1', openapi: 'flowcontrol.apiserver.k8s.io.v1' },
  { path: 'resource/v1', go: 'k8s.io/api/resource/v1', openapi: 'resource.k8s.io.v1' },
  { path: 'authentication/v1', go: 'k8s.io/api/authentication/v1', openapi: 'authentication.k8s.io.v1' },
  { path: 'authorization/v1', go: 'k8s.io/api/authorization/v1', openapi: 'authorization.k8s.io.v1' },
  {
    path: 'admissionregistration/v1',
    go: 'k8s.io/api/admissionregistration/v1',
    openapi: 'admissionregistration.k8s.io.v1',
  },
  {
    path: 'apiextensions/v1',
    go: 'k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1',
    openapi: 'apiextensions.k8s.io.v1',
  },
  {
    path: 'apiregistration/v1',
    go: 'k8s.io/kube-aggregator/pkg/apis/apiregistration/v1',
    openapi: 'apiregistration.k8s.io.v1',
  },
];
