import { Inject, Injectable } from '@nestjs/common';
import { type AccessFacts, toAccessFacts } from '../access/access-facts.js';
import {
  type AccessQuestion,
  accessColumns,
  distinctQuestions,
  questionKey,
  unplanned,
} from '../access/access-sql.js';
import { AccessStatement } from '../access/access-statement.js';
import { BatchLoader } from '../database/batch-loader.js';
import { Database } from '../database/database.js';

interface TagQuestion extends AccessQuestion {
  readonly last: string;
  readonly limit: number;
}

interface TagAnswer {
  readonly facts: AccessFacts;
  readonly tags: readonly string[];
}

const askedColumns = ['$7::int[]', '$8::text[]', '$9::int[]'];

const list = new AccessStatement(
  'tag-list',
  `
  SELECT ${accessColumns}, ARRAY(
    SELECT tag.name FROM tags tag WHERE tag.repository_id = a.repository_id AND tag.name > asked.last
    ORDER BY tag.name LIMIT asked.most
  ) AS tags
  FROM access a
  JOIN unnest(${askedColumns.map(unplanned).join(', ')}) WITH ORDINALITY AS asked(request, last, most, ord)
    ON asked.request = a.ord
  ORDER BY asked.ord`,
);

@Injectable()
export class TagStore {
  private readonly loader: BatchLoader<TagQuestion, TagAnswer>;

  constructor(@Inject(Database) private readonly database: Database) {
    this.loader = new BatchLoader(
      (questions) => this.load(questions),
      (question) => `${questionKey(question)}\n${question.limit} ${question.last}`,
    );
  }

  /** The access facts and the tags after `last`, in byte order; one round trip. */
  async lookUp(question: TagQuestion): Promise<TagAnswer> {
    return this.loader.get(question);
  }

  private async load(questions: readonly TagQuestion[]): Promise<TagAnswer[]> {
    const { distinct, places } = distinctQuestions(questions);
    const rows = await list.query<{ tags: string[] }>(this.database, distinct, [
      places,
      questions.map(({ last }) => last),
      questions.map(({ limit }) => limit),
    ]);
    return rows.map((row) => ({ facts: toAccessFacts(row), tags: row.tags }));
  }
}
