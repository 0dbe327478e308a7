import type { JobRun } from '@/lib/registry-api/types';
import { Chip, type ChipTone } from '../chip/chip';

const tones: Readonly<Record<JobRun['state'], ChipTone>> = {
  queued: 'plain',
  running: 'on',
  interrupted: 'warn',
  cancelling: 'warn',
  done: 'good',
  failed: 'bad',
  cancelled: 'plain',
};

export function RunState({ run }: { run: JobRun }) {
  return <Chip tone={tones[run.state]}>{run.state}</Chip>;
}
