// Writes named-types.json: which fields have a named Go type that is no struct (v1.Protocol, types.UID), because decode
// errors say that name and types.json has only the underlying one. Needs Go and the modules k8s.io/client-go,
// k8s.io/apiextensions-apiserver and k8s.io/kube-aggregator of the release the facts are from:
//
//	go mod init names && go get k8s.io/client-go@v0.36.3 k8s.io/apiextensions-apiserver@v0.36.3 k8s.io/kube-aggregator@v0.36.3
//	go run named-types.go > named-types.json
package main

import (
	"encoding/json"
	"os"
	"reflect"
	"strings"

	ext "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/client-go/kubernetes/scheme"
	agg "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
)

var out = map[string]map[string]string{}
var seen = map[reflect.Type]bool{}

func deref(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}
func derivable(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Struct:
		return t.String()
	case reflect.Slice:
		return "[]" + derivable(deref(t.Elem()))
	case reflect.Map:
		return "map[string]" + derivable(t.Elem())
	}
	return t.Kind().String()
}
func walk(t reflect.Type) {
	t = deref(t)
	switch t.Kind() {
	case reflect.Slice, reflect.Map:
		walk(t.Elem())
	case reflect.Struct:
		if seen[t] || !strings.Contains(t.PkgPath(), "k8s.io") {
			return
		}
		seen[t] = true
		for i := 0; i < t.NumField(); i++ {
			f := t.Field(i)
			n := strings.Split(f.Tag.Get("json"), ",")[0]
			ft := deref(f.Type)
			if n != "" && ft.Kind() != reflect.Struct && ft.Kind() != reflect.Interface && ft.String() != derivable(ft) {
				k := t.PkgPath() + "." + t.Name()
				if out[k] == nil {
					out[k] = map[string]string{}
				}
				out[k][n] = ft.String()
			}
			walk(f.Type)
		}
	}
}
func main() {
	ext.AddToScheme(scheme.Scheme)
	agg.AddToScheme(scheme.Scheme)
	for _, t := range scheme.Scheme.AllKnownTypes() {
		walk(t)
	}
	e := json.NewEncoder(os.Stdout)
	e.SetIndent("", "  ")
	e.Encode(out)
}
