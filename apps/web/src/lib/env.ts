import 'server-only';

/** Where the API answers; loopback or the name of its container. */
export const apiUrl = process.env.BERTH_API_URL ?? 'http://127.0.0.1:5000';

/** Proves to the API that a request comes from this web app, so that it believes whose address the app reports. */
export const internalSecret = process.env.BERTH_INTERNAL_SECRET ?? '';

/** What clients call this Berth; commands on the pages name it. */
export const publicUrl = new URL(process.env.BERTH_PUBLIC_URL ?? 'http://localhost:5000');

/** Whether anybody may make an account. */
export const isSignupOpen = process.env.BERTH_SIGNUP === 'open';

/** Whether visitors without an account see public repositories. */
export const isAnonymousPullAllowed = process.env.BERTH_ANONYMOUS !== 'none';

/** Whether it is `next dev`, which needs a looser policy for its scripts. */
export const isDevelopment = process.env.NODE_ENV === 'development';
