import type { Client } from 'pg';

export interface CompanySize {
  repositories: number;
  tagsPerRepository: number;
  /** Of blobs to repositories. */
  links: number;
  /** In one repository. */
  tagsOfOne: number;
}

export const companySizes: Record<'large' | 'small', CompanySize>;
/** See `company.mjs`. */
export function seedCompany(client: Client, size: CompanySize, ofOne: string): Promise<void>;
