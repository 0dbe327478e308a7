/**
 * Blobs that a row named leave the store only while this advisory lock is held alone. Whoever needs them to stay where
 * they are, as a backup does, shares it; it goes with the connection.
 */
export const REMOVAL_LOCK = 0x6265727470;
