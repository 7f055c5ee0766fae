// Metadata as every built-in kind is held to
export { validateMetadata, validateMetadataUpdate } from './validate-metadata.ts';
