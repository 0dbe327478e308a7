import type { Role } from './registry-api/types';

/** Every role, the weakest first, with what it allows. */
export const roles: readonly (readonly [role: Role, text: string])[] = [
  ['reader', 'reader: pull'],
  ['writer', 'writer: pull and push'],
  ['maintainer', 'maintainer: and delete, change settings'],
  ['owner', 'owner: and people, robots, visibility'],
];

/** The role that a form's field names; undefined for anything else. */
export function toRole(text: string): Role | undefined {
  return roles.find(([role]) => role === text)?.[0];
}
