"""When a worker was last at work, as the job engine's own table tells."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import column, create_engine, func, select, table
from sqlalchemy.exc import SQLAlchemyError

_JOB = "periodic.drain_inbox"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def last_work(database_url: str) -> datetime | None:
    """The instant (aware UTC) at which the most frequent job was last done; None: never, or nothing can be read."""
    engine = create_engine(database_url)
    schema = None if engine.dialect.name == "sqlite" else "dbos"
    jobs = table("workflow_status", column("name"), column("status"), column("updated_at"), schema=schema)
    done = select(func.max(jobs.c.updated_at)).where(jobs.c.name == _JOB, jobs.c.status == "SUCCESS")
    try:
        with engine.connect() as connection:
            milliseconds = connection.execute(done).scalar()
    except SQLAlchemyError:
        return None
    finally:
        engine.dispose()
    return None if milliseconds is None else _EPOCH + timedelta(milliseconds=int(milliseconds))
