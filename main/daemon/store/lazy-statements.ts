import type { Database, Statement } from 'better-sqlite3'

/**
 * The same connection, whose statements are compiled when they are used first: all of them at once were a third of
 * what opening the store costs, and a start needs a few. Of a statement there are `get`, `all`, `iterate`, `run` and
 * `pluck`.
 */
export function withLazyStatements(db: Database): Database {
  // What it does not have itself the connection has; the library looks things up there, too.
  return Object.create(db, { prepare: { value: (sql: string) => lazily(db, sql) } }) as Database
}

type Used = Pick<Statement, 'get' | 'all' | 'iterate' | 'run'> & { pluck(): Used }

function lazily(db: Database, sql: string): Used {
  let compiled: Statement | undefined
  let compile = () => db.prepare(sql)
  const statement = (): Statement => (compiled ??= compile())
  return {
    get: (...given) => statement().get(...given),
    all: (...given) => statement().all(...given),
    iterate: (...given) => statement().iterate(...given),
    run: (...given) => statement().run(...given),
    pluck() {
      compile = () => db.prepare(sql).pluck()
      return this
    },
  }
}
