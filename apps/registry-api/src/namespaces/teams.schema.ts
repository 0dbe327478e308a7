import { z } from 'zod';
import { componentSchema, instantSchema, lineSchema } from '../http/common.schema.js';

const description = lineSchema.meta({ description: 'One line about whom it gathers.' });

export const newTeamSchema = z
  .strictObject({
    name: componentSchema.meta({ description: 'One lowercase component.', examples: ['developers'] }),
    description: description.default(''),
  })
  .meta({ id: 'NewTeam' });

export const teamChangeSchema = z.strictObject({ description }).partial().meta({ id: 'TeamChange' });

export const teamSchema = z
  .object({ name: z.string(), description: z.string(), memberCount: z.int(), createdAt: instantSchema })
  .meta({ id: 'Team' });

export const teamPageSchema = z
  .object({ items: z.array(teamSchema), nextCursor: z.string().optional() })
  .meta({ id: 'TeamPage' });

export const teamMemberSchema = z
  .object({ username: z.string(), createdAt: instantSchema })
  .meta({ id: 'TeamMember' });

export const teamMemberPageSchema = z
  .object({ items: z.array(teamMemberSchema), nextCursor: z.string().optional() })
  .meta({ id: 'TeamMemberPage' });

export type NewTeamBody = z.output<typeof newTeamSchema>;
export type TeamChange = z.output<typeof teamChangeSchema>;
export type TeamAnswer = z.output<typeof teamSchema>;
export type TeamMemberAnswer = z.output<typeof teamMemberSchema>;
