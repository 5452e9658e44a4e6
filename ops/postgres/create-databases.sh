#!/usr/bin/env bash
# One database and one user a service: no service can read another's tables. Runs once, on an empty data folder.
set -euo pipefail
: "${SERVICE_PASSWORD:?the password of the services\' database users}"

for name in invite_api dispatcher acceptance registry identity; do
	psql -v ON_ERROR_STOP=1 -v name="$name" -v password="$SERVICE_PASSWORD" --username "${POSTGRES_USER:-postgres}" <<-'SQL'
		CREATE USER :"name" PASSWORD :'password';
		CREATE DATABASE :"name" OWNER :"name";
		REVOKE CONNECT ON DATABASE :"name" FROM PUBLIC;
	SQL
done
