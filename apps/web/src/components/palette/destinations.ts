type Destination = readonly [href: string, name: string];

const everybodys: readonly Destination[] = [
  ['/', 'Home'],
  ['/explore', 'Explore'],
  ['/help', 'Help'],
  ['/api', 'API reference'],
];

const own: readonly Destination[] = [
  ['/new', 'New repository'],
  ['/trash', 'Trash'],
  ['/settings/tokens', 'Access tokens'],
  ['/settings/tokens?new', 'New access token'],
  ['/settings/sessions', 'Sessions'],
  ['/settings/security', 'Change the password'],
  ['/settings/profile', 'Profile'],
];

const admins: readonly Destination[] = [
  ['/admin/health', 'Admin: health'],
  ['/admin/users', 'Admin: users'],
  ['/admin/namespaces', 'Admin: namespaces'],
  ['/admin/tokens', 'Admin: access tokens'],
  ['/admin/robots', 'Admin: robots'],
  ['/admin/audit', 'Admin: audit log'],
  ['/admin/storage', 'Admin: storage'],
  ['/admin/gc', 'Admin: collection'],
  ['/admin/jobs', 'Admin: jobs'],
];

/** The pages that somebody may open. */
export function destinationsFor({
  isSignedIn,
  isAdmin,
}: {
  isSignedIn: boolean;
  isAdmin: boolean;
}): Destination[] {
  return [
    ...everybodys,
    ...(isSignedIn ? own : [['/login', 'Sign in'] as const]),
    ...(isAdmin ? admins : []),
  ];
}
