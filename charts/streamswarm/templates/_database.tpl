{{/* Fails unless there is exactly one database, with at most one CA. */}}
{{- define "streamswarm.oneDatabase" -}}
{{- $given := list }}
{{- if .Values.database.url }}{{ $given = append $given "database.url" }}{{ end }}
{{- if .Values.database.existingSecret.name }}{{ $given = append $given "database.existingSecret.name" }}{{ end }}
{{- if .Values.postgres.evaluation.enabled }}{{ $given = append $given "postgres.evaluation.enabled" }}{{ end }}
{{- if eq (len $given) 0 }}
{{- fail "No database is given: set database.url or database.existingSecret.name, or postgres.evaluation.enabled=true for a Postgres to try StreamSwarm with." }}
{{- else if gt (len $given) 1 }}
{{- fail (printf "More than one database is given (%s): keep one. With a Postgres of your own, set postgres.evaluation.enabled=false." (join ", " $given)) }}
{{- end }}
{{- with .Values.database.ca }}
{{- if and .existingSecret.name .existingConfigMap.name }}
{{- fail "More than one CA of the database is given (database.ca.existingSecret.name, database.ca.existingConfigMap.name): keep one." }}
{{- end }}
{{- if and (or .existingSecret.name .existingConfigMap.name) $.Values.postgres.evaluation.enabled }}
{{- fail "database.ca is for a Postgres of your own: the evaluation Postgres does not speak TLS. Set postgres.evaluation.enabled=false and give a database, or leave database.ca out." }}
{{- end }}
{{- end }}
{{- end }}

{{/* The volume with the CA of the database; nothing where there is none. The container finds it as ca.crt. */}}
{{- define "streamswarm.databaseCaVolume" -}}
{{- with .Values.database.ca.existingSecret }}{{ if .name }}
- name: database-ca
  secret: { secretName: {{ .name }}, items: [{ key: {{ .key }}, path: ca.crt }] }
{{- end }}{{ end }}
{{- with .Values.database.ca.existingConfigMap }}{{ if .name }}
- name: database-ca
  configMap: { name: {{ .name }}, items: [{ key: {{ .key }}, path: ca.crt }] }
{{- end }}{{ end }}
{{- end }}

{{/* The operator's environment that leads to its database. */}}
{{- define "streamswarm.databaseEnv" -}}
{{- if .Values.postgres.evaluation.enabled }}
# Postgres's own variable: a password in the URL would have to be escaped.
- name: PGPASSWORD
  valueFrom: { secretKeyRef: { name: streamswarm-postgres, key: password } }
- name: DATABASE_URL
  value: postgresql://streamswarm@{{ include "streamswarm.serviceHost" (dict "root" . "service" "STREAMSWARM_POSTGRES") }}:5432/streamswarm
{{- else if .Values.database.url }}
- name: DATABASE_URL
  valueFrom: { secretKeyRef: { name: streamswarm-database, key: DATABASE_URL } }
{{- else }}
- name: DATABASE_URL
  valueFrom: { secretKeyRef: { name: {{ .Values.database.existingSecret.name }}, key: {{ .Values.database.existingSecret.key }} } }
{{- end }}
{{- if include "streamswarm.databaseCaVolume" . }}
- name: DATABASE_CA_FILE
  value: /etc/streamswarm/database-ca/ca.crt
{{- end }}
{{- end }}

{{/* The evaluation Postgres's password: the given one, else the one that this cluster has already, else a new one. */}}
{{- define "streamswarm.postgresPassword" -}}
{{- $stored := lookup "v1" "Secret" .Release.Namespace "streamswarm-postgres" }}
{{- if .Values.postgres.evaluation.password }}
{{- .Values.postgres.evaluation.password | b64enc }}
{{- else if $stored }}
{{- index $stored.data "password" }}
{{- else }}
{{- randAlphaNum 32 | b64enc }}
{{- end }}
{{- end }}
