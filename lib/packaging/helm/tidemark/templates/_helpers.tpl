{{- define "tidemark.fullname" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 63 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 63 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "tidemark.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "tidemark.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{ include "tidemark.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "tidemark.serviceAccount" -}}
{{- if .Values.serviceAccount.create }}{{ .Values.serviceAccount.name | default (include "tidemark.fullname" .) }}{{ else }}{{ .Values.serviceAccount.name | default "default" }}{{ end }}
{{- end }}

{{- define "tidemark.image" -}}
{{- if .Values.image.digest }}{{ printf "%s@%s" .Values.image.repository .Values.image.digest }}{{ else }}{{ printf "%s:%s" .Values.image.repository (.Values.image.tag | default .Chart.AppVersion) }}{{ end }}
{{- end }}

{{/* The names of the Service within the cluster, and those of `env`. */}}
{{- define "tidemark.hosts" -}}
{{- $name := include "tidemark.fullname" . -}}
{{- $inside := printf "%s.%s" $name .Release.Namespace -}}
{{ $name }},{{ $inside }},{{ $inside }}.svc,{{ $inside }}.svc.cluster.local{{ with .Values.env.TIDEMARK_HOSTS }},{{ . }}{{ end }}
{{- end }}

{{/* What would start and not work, or let in whom it should not: said before anything is installed. */}}
{{- define "tidemark.check" -}}
{{- if and (gt (int .Values.replicas) 1) (not .Values.database.existingSecret) }}
{{- fail "replicas: several share their history and their work in PostgreSQL: set database.existingSecret, or replicas to 1." }}
{{- end }}
{{- with .Values.auth }}
{{- if and (eq .mode "none") (not .allowAnonymous) }}
{{- fail "auth.mode none lets everybody in who reaches it: set auth.mode to oidc or proxy, or auth.allowAnonymous to true." }}
{{- end }}
{{- if and (eq .mode "oidc") (not (and .publicUrl .oidc.issuer .oidc.clientId .oidc.existingSecret)) }}
{{- fail "auth.mode oidc needs auth.publicUrl, auth.oidc.issuer, auth.oidc.clientId and auth.oidc.existingSecret." }}
{{- end }}
{{- if and (eq .mode "proxy") (not (and .publicUrl .proxy.headers .proxy.addresses)) }}
{{- fail "auth.mode proxy needs auth.publicUrl, auth.proxy.headers and auth.proxy.addresses." }}
{{- end }}
{{- end }}
{{- if not .Values.config.eventHubs }}
{{- fail "config.eventHubs names no event hub." }}
{{- end }}
{{- end }}
