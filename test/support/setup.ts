// Nest and TypeORM read decorator metadata, which must be there before the first decorated class is.
import 'reflect-metadata';
