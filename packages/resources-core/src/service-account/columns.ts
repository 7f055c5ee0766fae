import type { ServiceAccount } from '@orlop/kubernetes-schema/core/v1';
import { ageColumn, type Column, nameColumn } from '@orlop/rest';

export const serviceAccountColumns: readonly Column<ServiceAccount>[] = [nameColumn, ageColumn];
