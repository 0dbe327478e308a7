/** Of a random password that nobody has, with the parameters of `hashPassword`, so that verifying it costs the same. */
export const UNKNOWN_USER_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$rOOe3F2s58+hSBgm3C92tQ$BsuRFIYg4bGl/PAT9HpBOEX00/ekQQwVhdwhdI6yiEs';
