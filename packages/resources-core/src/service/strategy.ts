import { fieldPath } from '@orlop/apimachinery';
import type { Service } from '@orlop/kubernetes-schema/core/v1';
import type { Strategy, UpdateStrategy } from '@orlop/rest';
import { ipWarnings } from '../ip-rules.ts';
import { validateServiceStatusUpdate } from './status-validation.ts';
import { dropFieldsOfOldType } from './type-change.ts';
import { validateServiceCreate, validateServiceUpdate } from './validation.ts';
import { serviceWarnings } from './warnings.ts';

export const serviceStrategy: Strategy<Service> = {
  allowCreateOnUpdate: true,
  allowUnconditionalUpdate: true,
  resetFields: ['status'],
  returnDeletedObject: true,
  prepareForCreate(_context, service) {
    service.status = { loadBalancer: {} };
  },
  validate: (_context, service) => validateServiceCreate(service),
  warningsOnCreate: (_context, service) => serviceWarnings(service),
  prepareForUpdate(_context, service, old) {
    service.status = old.status;
    dropFieldsOfOldType(service, old);
  },
  validateUpdate: (_context, service, old) => validateServiceUpdate(service, old),
  warningsOnUpdate: (_context, service) => serviceWarnings(service),
};

export const serviceStatusStrategy: UpdateStrategy<Service> = {
  allowUnconditionalUpdate: true,
  resetFields: ['spec'],
  prepareForUpdate(_context, service, old) {
    service.spec = old.spec;
  },
  validateUpdate: (_context, service, old) => validateServiceStatusUpdate(service, old),
  warningsOnUpdate(_context, { status }) {
    const path = fieldPath('status', 'loadBalancer', 'ingress');
    return (status.loadBalancer.ingress ?? []).flatMap(({ ip }, index) =>
      ip ? ipWarnings(path.index(index), ip) : [],
    );
  },
};
