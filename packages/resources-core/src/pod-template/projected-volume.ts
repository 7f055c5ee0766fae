import { type FieldErrorList, type FieldPath, fieldError, validateLabelSelector } from '@orlop/apimachinery';
import type {
  ClusterTrustBundleProjection,
  ConfigMapProjection,
  DownwardAPIProjection,
  PodCertificateProjection,
  ProjectedVolumeSource,
  SecretProjection,
  ServiceAccountTokenProjection,
  VolumeProjection,
} from '@orlop/kubernetes-schema/core/v1';
import { coreV1 } from '@orlop/kubernetes-schema/core/v1';
import { defaults, field, type Rule, type RuleContext, rule, rules, setDefault, withinEach } from '@orlop/rest/rules';
import { downwardAPIFileDefaults, downwardAPIFileRules, keyToPathRules } from './file-projection.ts';
import { internalValue } from './internal-value.ts';
import { fileMode, localPath } from './local-path.ts';
import { podScope } from './pod-scope.ts';
import { signerNameErrors, trustBundleNameComplaints } from './signer-name.ts';

const projectionDefaults = defaults<VolumeProjection>((at) => [
  withinEach(at.downwardAPI.items, downwardAPIFileDefaults),
  setDefault(at.serviceAccountToken.expirationSeconds, 3600),
]);

export const projectedVolumeDefaults = defaults<ProjectedVolumeSource>((at) => [
  setDefault(at.defaultMode, 0o644),
  withinEach(at.sources, projectionDefaults),
]);

/** One pass over the sources: they share the paths their files take. */
class Projection {
  readonly errors: FieldErrorList = [];
  readonly #paths = new Set<string>();
  /** The volume: complaints about shared paths name it, not the source. */
  readonly #volume: FieldPath;
  readonly #context: RuleContext;

  constructor(volume: FieldPath, context: RuleContext) {
    this.#volume = volume;
    this.#context = context;
  }

  source(source: VolumeProjection, path: FieldPath): void {
    let kinds = 0;
    for (const [name, look] of Object.entries(projections)) {
      const value = source[name as keyof VolumeProjection];
      if (value === undefined || value === null) continue;
      kinds++;
      (look as (projection: Projection, value: unknown, path: FieldPath) => void)(this, value, path.child(name));
    }
    if (kinds > 1) {
      this.errors.push(fieldError.forbidden(path, 'may not specify more than 1 volume type per source'));
    }
  }

  keys(source: SecretProjection | ConfigMapProjection, path: FieldPath): void {
    if ((source.name ?? '') === '') this.errors.push(fieldError.required(path.child('name'), ''));
    for (const [index, item] of (source.items ?? []).entries()) {
      this.errors.push(...keyToPathRules.validate(item, path.child('items').index(index), this.#context));
      this.take(item.path, source.name ?? '');
    }
  }

  files({ items }: DownwardAPIProjection, path: FieldPath): void {
    for (const file of items ?? []) {
      this.errors.push(...downwardAPIFileRules.validate(file, path, this.#context));
      this.take(file.path, file.path);
    }
  }

  token({ expirationSeconds = 0, path: file }: ServiceAccountTokenProjection, path: FieldPath): void {
    const seconds = path.child('expirationSeconds');
    if (expirationSeconds < 600) {
      const detail = 'may not specify a duration less than 10 minutes';
      this.errors.push(fieldError.invalid(seconds, expirationSeconds, detail));
    }
    if (expirationSeconds > 2 ** 32) {
      const detail = 'may not specify a duration larger than 2^32 seconds';
      this.errors.push(fieldError.invalid(seconds, expirationSeconds, detail));
    }
    if (file === '') this.errors.push(fieldError.required(this.#volume.child('path'), ''));
    else if (!hasFreeTokenPath(this.#context)) this.local(file, this.#volume.child('path'));
  }

  trustBundle(bundle: ClusterTrustBundleProjection, path: FieldPath): void {
    const { name, signerName, labelSelector } = bundle;
    if (name !== undefined && signerName !== undefined) {
      const value = internalValue(coreV1('ClusterTrustBundleProjection'), bundle);
      this.errors.push(fieldError.invalid(path, value, 'only one of name and signerName may be used'));
    } else if (name !== undefined) {
      const here = path.child('name');
      if (name === '') this.errors.push(fieldError.required(here, 'must be a valid object name'));
      for (const complaint of trustBundleNameComplaints(name)) {
        this.errors.push(fieldError.invalid(here, name, `not a valid clustertrustbundlename: ${complaint}`));
      }
      if (labelSelector !== undefined) {
        const detail = 'labelSelector must be unset if name is specified';
        this.errors.push(fieldError.invalid(path.child('labelSelector'), labelSelector, detail));
      }
    } else if (signerName !== undefined) {
      const here = path.child('signerName');
      if (signerName === '') this.errors.push(fieldError.required(here, 'must be a valid signer name'));
      this.errors.push(...signerNameErrors(signerName, here));
      this.errors.push(...validateLabelSelector(labelSelector, {}, path.child('labelSelector')));
    } else this.errors.push(fieldError.required(path, 'either name or signerName must be specified'));
    if (bundle.path === '') this.errors.push(fieldError.required(path.child('path'), ''));
    this.local(bundle.path, path.child('path'));
    this.take(bundle.path, bundle.path, true);
  }

  certificate(source: PodCertificateProjection, path: FieldPath): void {
    const { signerName = '', keyType = '', maxExpirationSeconds } = source;
    this.errors.push(...signerNameErrors(signerName, path.child('signerName')));
    if (!keyTypes.includes(keyType)) {
      this.errors.push(fieldError.notSupported(path.child('keyType'), keyType, keyTypes));
    }
    if (maxExpirationSeconds !== undefined) {
      const here = path.child('maxExpirationSeconds');
      const longest = /^([^/]*\.)?kubernetes\.io\//.test(signerName) ? 86_400 : 7_862_400;
      if (maxExpirationSeconds < 3600) {
        const detail = 'if provided, maxExpirationSeconds must be >= 3600';
        this.errors.push(fieldError.invalid(here, maxExpirationSeconds, detail));
      }
      if (maxExpirationSeconds > longest) {
        const detail = `if provided, maxExpirationSeconds must be <= ${longest}`;
        this.errors.push(fieldError.invalid(here, maxExpirationSeconds, detail));
      }
    }
    let files = 0;
    for (const name of ['credentialBundlePath', 'keyPath', 'certificateChainPath'] as const) {
      const file = source[name] ?? '';
      if (file === '') continue;
      files++;
      this.local(file, path.child(name));
      this.take(file, file);
    }
    if (files === 0) {
      const detail = 'specify at least one of credentialBundlePath, keyPath, and certificateChainPath';
      this.errors.push(fieldError.required(path, detail));
    }
  }

  local(file: string, path: FieldPath): void {
    const found = localPath.check(file, path, this.#context);
    if (found !== undefined) this.errors.push(...(Array.isArray(found) ? found : [found]));
  }

  /** No two sources write the same file; `shown` is what the complaint names. */
  take(path: string, shown: string, evenEmpty = false): void {
    if (path === '' && !evenEmpty) return;
    if (this.#paths.has(path)) {
      this.errors.push(fieldError.invalid(this.#volume, shown, 'conflicting duplicate paths'));
    }
    this.#paths.add(path);
  }
}

const keyTypes = ['RSA3072', 'RSA4096', 'ECDSAP256', 'ECDSAP384', 'ECDSAP521', 'ED25519'];

/** The kinds of sources, in the order in which they are looked at. */
const projections: {
  readonly [K in keyof VolumeProjection]-?: (
    projection: Projection,
    source: NonNullable<VolumeProjection[K]>,
    path: FieldPath,
  ) => void;
} = {
  secret: (projection, source, path) => projection.keys(source, path),
  configMap: (projection, source, path) => projection.keys(source, path),
  downwardAPI: (projection, source, path) => projection.files(source, path),
  serviceAccountToken: (projection, source, path) => projection.token(source, path),
  clusterTrustBundle: (projection, source, path) => projection.trustBundle(source, path),
  podCertificate: (projection, source, path) => projection.certificate(source, path),
};

/** A pod that already had a token outside its volume may keep it. */
function hasFreeTokenPath(context: RuleContext): boolean {
  const { old } = context.scope(podScope);
  return (old?.volumes ?? []).some(({ projected }) =>
    (projected?.sources ?? []).some(
      ({ serviceAccountToken: token }) =>
        token !== undefined &&
        (token.path.startsWith('/') || token.path.startsWith('..') || token.path.includes('/../')),
    ),
  );
}

const sources: Rule<ProjectedVolumeSource> = rule('sources', (volume, path, context) => {
  const projection = new Projection(path, context);
  for (const [index, source] of (volume.sources ?? []).entries()) {
    projection.source(source, path.child('sources').index(index));
  }
  return projection.errors;
});

export const projectedVolumeRules = rules<ProjectedVolumeSource>((at) => [
  field(at.defaultMode, fileMode),
  field(at, sources),
]);
