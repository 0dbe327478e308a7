/** Why a backup or a restore cannot be, in one sentence for the person who asked for it. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused';
}
