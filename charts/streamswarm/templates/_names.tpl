{{/* Names are fixed, because agents find the operator by the variables that its Service gives them, and because
     two operators in one cluster would plan every StreamTest twice: a second installation is refused. */}}

{{- define "streamswarm.selector" -}}
app.kubernetes.io/name: streamswarm
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "streamswarm.labels" -}}
{{ include "streamswarm.selector" . }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
app.kubernetes.io/part-of: streamswarm
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Without versions: a new version of the chart alone restarts nothing. */}}
{{- define "streamswarm.podLabels" -}}
{{ include "streamswarm.selector" . }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* The image of a part: its own, else the one of this name in the registry. */}}
{{- define "streamswarm.image" -}}
{{- $image := .root.Values.image -}}
{{ (index .root.Values .part).image | default (printf "%s/%s:%s" $image.registry .part ($image.tag | default .root.Chart.AppVersion)) }}
{{- end }}

{{/* The name in the operator's certificate, which agents ask for. */}}
{{- define "streamswarm.serverName" -}}
streamswarm-operator.{{ .Release.Namespace }}.svc
{{- end }}

{{/* The address of a Service from its variable, as it stands in a URL. */}}
{{- define "streamswarm.serviceHost" -}}
{{- $host := printf "$(%s_SERVICE_HOST)" .service -}}
{{- if eq .root.Values.ipFamily "IPv6" }}[{{ $host }}]{{ else }}{{ $host }}{{ end -}}
{{- end }}

{{/* A container that meets the Pod Security level restricted, without its user. */}}
{{- define "streamswarm.restricted" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{- define "streamswarm.pullSecrets" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* Where a pod may run: nodeSelector, tolerations and priority of one component. */}}
{{- define "streamswarm.placement" -}}
{{- with .nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end }}
