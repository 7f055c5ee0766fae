import type { FieldTexts } from '../descriptions.ts';

/** Fields that mean the same in every workload. */

export const minReadySeconds: FieldTexts = {
  minReadySeconds:
    'Seconds that a new pod must be ready, with no container failing, before it counts as available. The default is 0: at once.',
};

export const selector: FieldTexts = {
  selector:
    'Selects the pods that belong to the workload. It must match the labels of the template and cannot be changed.',
};

export const observedGeneration: FieldTexts = {
  observedGeneration: 'The metadata.generation of the state that the controller last acted on.',
};

export const collisionCount: FieldTexts = {
  collisionCount:
    'How often the name derived from the hash of the template was taken. The controller puts it into the next hash.',
};

export const conditions: FieldTexts = {
  conditions: 'The latest observations of the state, one for each type of condition.',
};
