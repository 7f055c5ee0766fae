// Metadata as every built-in kind is held to
export { finalizerDomainErrors, validateMetadata, validateMetadataUpdate } from './validate-metadata.ts';
