import type { AdminUser } from './accounts.schema.js';
import type { User } from './user.store.js';

export function toAnswer(user: User): AdminUser {
  return {
    username: user.username,
    email: user.email ?? null,
    isAdmin: user.isAdmin,
    isDisabled: user.isDisabled,
    hasPassword: user.hasPassword,
    createdAt: user.createdAt.toISOString(),
    lastSignInAt: user.lastSignInAt?.toISOString() ?? null,
    lastUsedAt: user.lastUsedAt?.toISOString() ?? null,
  };
}
