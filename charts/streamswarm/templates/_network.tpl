{{/* Whom a rule of a NetworkPolicy names: the pods of a component of this release, and addresses (CIDR). */}}
{{- define "streamswarm.peers" -}}
{{- with .component -}}
- podSelector:
    matchLabels: {{- include "streamswarm.selector" (dict "component" .) | nindent 6 }}
{{ end }}
{{- range .addresses -}}
- ipBlock: { cidr: {{ . | quote }} }
{{ end }}
{{- end }}

{{- define "streamswarm.tcpPorts" -}}
{{- range . -}}
- { protocol: TCP, port: {{ . }} }
{{ end }}
{{- end }}
