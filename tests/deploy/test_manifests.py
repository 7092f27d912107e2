"""compose, Kubernetes and Hugging Face: what they say fits each other, the app and what reads them."""

import re
import sys
from typing import Any

import pytest
import yaml

from tests import ROOT
from tests.deploy.serving import TEMPLATE

DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
MANIFESTS = {
    manifest["kind"]: manifest
    for manifest in yaml.safe_load_all((DEPLOY / "kubernetes" / "activation-lab.yaml").read_text(encoding="utf-8"))
}
POD = MANIFESTS["Deployment"]["spec"]["template"]
SETTING = re.compile(r"\b(?:ACTIVATION_LAB|STREAMLIT)_[A-Z_]+\b")
HOSTING = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="the schemas are installed on Linux only")
@pytest.mark.parametrize("kind", MANIFESTS)
def test_kubernetes_would_take_it(kind):
    import kubernetes_validate

    kubernetes_validate.validate(MANIFESTS[kind], kubernetes_validate.latest_version(), strict=True)


def test_the_parts_of_kubernetes_name_each_other():
    labels, (container,) = POD["metadata"]["labels"], POD["spec"]["containers"]
    service = MANIFESTS["Service"]
    assert MANIFESTS["Deployment"]["spec"]["selector"]["matchLabels"] == labels == service["spec"]["selector"]
    assert service["spec"]["ports"][0]["targetPort"] in {port["name"] for port in container["ports"]}
    (path,) = MANIFESTS["Ingress"]["spec"]["rules"][0]["http"]["paths"]
    assert path["backend"]["service"]["name"] == service["metadata"]["name"]
    scaled = MANIFESTS["HorizontalPodAutoscaler"]["spec"]
    assert scaled["scaleTargetRef"]["name"] == MANIFESTS["Deployment"]["metadata"]["name"]
    metric = scaled["metrics"][0]["pods"]["metric"]["name"]
    (job,) = yaml.safe_load((DEPLOY / "kubernetes" / "prometheus.yaml").read_text(encoding="utf-8"))["scrape_configs"]
    assert job["params"]["families"] == [metric]


def test_a_pod_is_asked_what_the_server_answers_and_has_no_more_rights_than_the_image_needs():
    (container,) = POD["spec"]["containers"]
    assert container["livenessProbe"]["httpGet"]["path"] == "/health"
    assert container["readinessProbe"]["httpGet"]["path"] == "/ready"
    assert container["securityContext"]["readOnlyRootFilesystem"]
    assert f"USER {POD['spec']['securityContext']['runAsUser']}:" in (DEPLOY / "Dockerfile").read_text()


def test_compose_fills_in_every_field_of_nginx():
    fields = set(re.findall(r"\$\{([A-Z_]+)\}", TEMPLATE.read_text(encoding="utf-8")))
    assert fields == COMPOSE["services"]["nginx"]["environment"].keys()


def test_hugging_face_finds_its_settings_and_the_images_port():
    _, front, text = (DEPLOY / "huggingface" / "README.md").read_text(encoding="utf-8").split("---\n", 2)
    settings: dict[str, Any] = yaml.safe_load(front)
    assert settings["sdk"] == "docker"
    assert f"EXPOSE {settings['app_port']}\n" in (DEPLOY / "Dockerfile").read_text()
    assert text.strip()


def test_every_setting_that_is_read_or_set_stands_in_the_documents_table():
    files = [*DEPLOY.rglob("*.py"), *DEPLOY.rglob("*.yaml"), DEPLOY / "Dockerfile", *(ROOT / "ui").rglob("*.py")]
    named = {name for path in files for name in SETTING.findall(path.read_text(encoding="utf-8"))}
    table = set(re.findall(r"^\| `([A-Z_]+)`", HOSTING, re.MULTILINE))
    assert named <= table, named - table
    assert {name for name in table if name.startswith("ACTIVATION_LAB")} <= named, "nothing reads them"
