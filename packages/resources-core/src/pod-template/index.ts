/** Pod specs and pod templates: one set of knowledge for Pods and for everything that makes them. */

// Defaults and what a round trip through the server changes
export { podSpecDefaults } from './pod-spec.ts';
export { podTemplateDefaults } from './pod-template.ts';
export { resourceRequirementsDefaults } from './resources.ts';
export { dropInitContainerAnnotations, normalizePodSpec, normalizePodTemplate } from './normalize.ts';

// Rules
export { type PodSpecPlace, podSpecRules } from './pod-spec.ts';
export { podTemplateRules } from './pod-template.ts';
export { annotationKeys, podAnnotations, profilesAgree } from './annotations.ts';
export { trimmedImage } from './container.ts';
export { tolerationRules } from './toleration.ts';
export { volumeClaimSpecDefaults, volumeClaimSpecRules } from './volume-claim.ts';

export { makePodScope, type PodScope, podScope } from './pod-scope.ts';

// Fields behind feature gates
export { podGates } from './gates.ts';
export { dropGatedFields } from './gated-fields.ts';

// Warnings
export { podTemplateWarnings, podWarnings } from './warnings/pod-template-warnings.ts';
export { claimQuantityWarnings } from './warnings/quantities.ts';

// Pieces that other kinds share
export { allContainers, allContainersWithPath } from './container-kinds.ts';
export { internalLines, internalValue } from './internal-value.ts';
export { canonicalIPAddress, type IPAddress, ipAddress, ipAddressWarning, parseIPAddress } from './ip-address.ts';
export { isNegative, isWholeNumber, roundUpToMilli } from './quantity-arithmetic.ts';
export { configMapKey, envVarName, portName } from './text-formats.ts';
