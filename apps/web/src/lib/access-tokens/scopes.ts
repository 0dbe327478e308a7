/** Scopes as people know them. */
export const scopeNames: Readonly<Record<string, string>> = {
  'repository:read': 'pull',
  'repository:write': 'push',
  'repository:delete': 'delete',
  admin: 'settings',
};

export function scopeName(scope: string): string {
  return scopeNames[scope] ?? scope;
}
