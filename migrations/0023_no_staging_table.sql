-- Records wait on disk, not in the database, until all of a source has been read; what earlier versions staged is of
-- runs that ended.

drop table import_stage;
