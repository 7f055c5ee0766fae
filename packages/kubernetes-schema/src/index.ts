// The types themselves are behind subpaths, one per API package, so that a program loads only what it uses:
// @orlop/kubernetes-schema/core/v1, /apps/v1, /meta/v1 and so on.

// What every subpath offers beside its interfaces
export { type PackageTypes, packageTypes } from './package-types.ts';
