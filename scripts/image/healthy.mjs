// The health check of an image: whether Berth in this container can serve requests now.
const isTls = Boolean(process.env.BERTH_TLS_CERT);
if (isTls) process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'; // the certificate is for the public name
const port = process.env.BERTH_PORT || '5000';
try {
  const answer = await fetch(`http${isTls ? 's' : ''}://127.0.0.1:${port}/readyz`, {
    signal: AbortSignal.timeout(12_000),
  });
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
