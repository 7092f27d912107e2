"""compose, Kubernetes and Hugging Face: what they say fits each other, the app and what reads them."""

import os
import re
import shlex
import subprocess
import sys
from contextlib import ExitStack
from typing import Any

import pytest
import yaml

from core.sweeps.cluster import Cluster
from tests import ROOT
from tests.browser.running import end, free_port
from tests.deploy.serving import COMPOSE, TEMPLATE, composed
from ui.jobs.memory import MEGABYTES, MEMORY

DEPLOY = ROOT / "deploy"
ALL_MANIFESTS = list(yaml.safe_load_all((DEPLOY / "kubernetes" / "activation-lab.yaml").read_text(encoding="utf-8")))
MANIFESTS = {each["kind"]: each for each in ALL_MANIFESTS if each["kind"] != "Ingress"}
INGRESSES = [each for each in ALL_MANIFESTS if each["kind"] == "Ingress"]
OF_NGINX = "nginx.ingress.kubernetes.io/"  # what its annotations begin with
CLUSTER = list(yaml.safe_load_all((DEPLOY / "kubernetes" / "cluster.yaml").read_text(encoding="utf-8")))
POD = MANIFESTS["Deployment"]["spec"]["template"]
SETTING = re.compile(
    r"\b(?:(?:ACTIVATION_LAB|STREAMLIT)_[A-Z_]+|DASK_SCHEDULER_ADDRESS|DATABASE_URL|FORWARDED_ALLOW_IPS)\b"
)
HOSTING = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="the schemas are installed on Linux only")
@pytest.mark.parametrize(
    "manifest",
    [*ALL_MANIFESTS, *CLUSTER],
    ids=lambda manifest: f"{manifest['kind']} {manifest['metadata']['name']}",
)
def test_kubernetes_would_take_it(manifest):
    import kubernetes_validate

    kubernetes_validate.validate(manifest, kubernetes_validate.latest_version(), strict=True)


def test_the_parts_of_kubernetes_name_each_other():
    labels, (container,) = POD["metadata"]["labels"], POD["spec"]["containers"]
    service = MANIFESTS["Service"]
    assert MANIFESTS["Deployment"]["spec"]["selector"]["matchLabels"] == labels == service["spec"]["selector"]
    assert service["spec"]["ports"][0]["targetPort"] in {port["name"] for port in container["ports"]}
    (secured,) = {host for each in INGRESSES for tls in each["spec"].get("tls", []) for host in tls["hosts"]}
    assert {"name": "STREAMLIT_SERVER_ALLOWED_HOSTS", "value": secured} in container["env"]
    for ingress in INGRESSES:
        (rule,) = ingress["spec"]["rules"]
        (path,) = rule["http"]["paths"]
        assert rule["host"] == secured
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


def test_the_cluster_is_of_the_apps_image_and_its_parts_name_each_other():
    (app,) = POD["spec"]["containers"]
    of_kind = {(each["kind"], each["metadata"]["name"].rpartition("-")[2]): each["spec"] for each in CLUSTER}
    service = of_kind["Service", "scheduler"]
    for name in ("scheduler", "worker"):
        pod = of_kind["Deployment", name]["template"]
        (container,) = pod["spec"]["containers"]
        assert container["image"] == app["image"]
        assert container["securityContext"] == app["securityContext"]
        assert pod["spec"]["securityContext"] == POD["spec"]["securityContext"]
        labels = pod["metadata"]["labels"]
        assert of_kind["Deployment", name]["selector"]["matchLabels"] == labels
        assert of_kind["NetworkPolicy", name]["podSelector"]["matchLabels"] == labels
        if name == "scheduler":
            assert service["selector"] == labels
            (port,) = container["ports"]
            assert container["command"][container["command"].index("--port") + 1] == str(port["containerPort"])
    (port,) = service["ports"]
    address = f"tcp://{CLUSTER[1]['metadata']['name']}:{port['port']}"
    assert address in container["command"]
    assert f'value: "{address}"' in (DEPLOY / "kubernetes" / "activation-lab.yaml").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_cluster_starts_by_the_commands_of_compose_and_kubernetes(tmp_path):
    """Each in the project's folder, as in the image; with a free port."""
    from distributed import Client

    services, port = COMPOSE["services"], free_port()
    pods = [each["spec"]["template"]["spec"]["containers"][0] for each in CLUSTER if each["kind"] == "Deployment"]
    commands = [pod["command"] for pod in pods], [services[name]["command"] for name in ("scheduler", "worker")]
    assert commands[0][0] == commands[1][0]
    assert [part for part in commands[0][1] if "tcp" not in part] == [
        part for part in commands[1][1] if "tcp" not in part
    ]
    settings = {each["name"]: each["value"] for each in pods[1]["env"]}
    assert settings == services["worker"]["environment"]
    changes = {"python": sys.executable, "8786": str(port), "/tmp": str(tmp_path)}
    with ExitStack() as stack:
        for command in commands[0]:
            own = [changes.get(part, re.sub(r"tcp://.*", f"tcp://127.0.0.1:{port}", part)) for part in command]
            with (tmp_path / f"{own[3]}.txt").open("w") as log:
                process = subprocess.Popen(own, cwd=ROOT, env=os.environ | settings, stdout=log, stderr=log)
            stack.callback(end, process)
        with Client(f"tcp://127.0.0.1:{port}", timeout=60, set_as_default=False) as client:
            client.wait_for_workers(1, timeout=60)
        with Cluster(f"tcp://127.0.0.1:{port}", ("core", "ui")) as executor:
            assert executor.submit(os.getpid).result(60) != os.getpid()


def test_compose_builds_the_image_once_and_the_cluster_takes_it():
    """Two builds of one name at once, and the second one fails: "already exists"."""
    services = COMPOSE["services"]
    assert [name for name, service in services.items() if "build" in service] == ["app"]
    for name in ("scheduler", "worker"):
        assert (services[name]["image"], services[name]["pull_policy"]) == (services["app"]["image"], "never")


def test_all_processes_of_compose_and_kubernetes_have_the_same_rooms():
    """On one machine by a file in a volume, which the image has a place for; pods have no disk in common."""
    app, (container,) = COMPOSE["services"]["app"], POD["spec"]["containers"]
    image = (DEPLOY / "Dockerfile").read_text()
    (file,) = re.findall(r"DATABASE_URL=sqlite:///(\S+)", image)
    (volume,) = COMPOSE["volumes"]
    assert app["environment"]["DATABASE_URL"] == f"${{DATABASE_URL:-sqlite:///{file}}}"
    assert app["volumes"] == [f"{volume}:{os.path.dirname(file)}"]
    assert f"\nVOLUME {os.path.dirname(file)}\n" in image
    (setting,) = [each for each in container["env"] if each["name"] == "DATABASE_URL"]
    assert not setting["valueFrom"]["secretKeyRef"].get("optional")


def test_compose_and_kubernetes_keep_what_fits_into_their_memory():
    """The default, with which it was measured; docs/hosting.md says what more would take."""
    app, (container,) = COMPOSE["services"]["app"], POD["spec"]["containers"]
    assert (app["mem_limit"], container["resources"]["limits"]["memory"]) == ("1g", "1Gi")
    assert float(composed("app")[MEMORY]) == MEGABYTES
    assert {"name": MEMORY, "value": composed("app")[MEMORY]} in container["env"]


def test_where_a_visitor_is_is_believed_of_the_front_alone():
    app, (container,) = COMPOSE["services"]["app"], POD["spec"]["containers"]
    assert app["environment"]["FORWARDED_ALLOW_IPS"] == "*"
    assert "ports" not in app, "who reaches the app past nginx may say anything"
    assert {"name": "FORWARDED_ALLOW_IPS", "value": "*"} in container["env"]


def test_compose_fills_in_every_field_of_nginx():
    fields = set(re.findall(r"\$\{([A-Z_]+)\}", TEMPLATE.read_text(encoding="utf-8")))
    assert fields == COMPOSE["services"]["nginx"]["environment"].keys()


def test_what_a_host_sets_reaches_the_container_that_reads_it_under_the_documents_name():
    """But for what the image and compose set themselves, since their parts would not find each other with another."""
    image = set(re.findall(r"\b(STREAMLIT_\w+)=", (DEPLOY / "Dockerfile").read_text()))
    fixed = {"app": image | {"FORWARDED_ALLOW_IPS"}, "nginx": {"APP_SERVERS", "CACHE_FOLDER", "LISTEN"}}
    for name, table in zip(("app", "nginx"), HOSTING.split("| variable |")[1:], strict=True):
        documented = set(re.findall(r"^\| `([A-Z_]+)`", table, re.MULTILINE))
        assert fixed[name] <= documented
        for variable in documented - fixed[name]:
            assert composed(name, **{variable: "as the host says"}).get(variable) == "as the host says", variable


def test_the_name_and_the_path_of_a_host_reach_nginx_and_the_app_by_one_setting():
    names = "192.168.0.20 lab.example.org"
    assert composed("nginx", SERVER_NAME=names)["SERVER_NAME"] == names
    assert composed("app", SERVER_NAME=names)["STREAMLIT_SERVER_ALLOWED_HOSTS"] == names
    assert composed("app", BASE_PATH="/lab")["STREAMLIT_SERVER_BASE_URL_PATH"] == "/lab"


def test_the_ingress_takes_and_limits_what_nginx_does_and_writes_as_little():
    template = TEMPLATE.read_text(encoding="utf-8")
    rates = dict(re.findall(r"zone=(\w+):10m rate=(\d+)r/s;", template))
    limits = {}
    for path, rules in re.findall(r"location =? ?\$\{BASE_PATH\}(\S+) \{\n(.*?)\n    \}", template, re.DOTALL):
        requests = re.search(r"limit_req zone=(\w+) burst=(\d+)", rules)
        people = re.search(r"limit_conn people (\d+)", rules)
        rate, burst = (int(rates[requests[1]]), int(requests[2])) if requests else (0, 0)
        limits[path.rstrip("/")] = rate, burst, int(people[1]) if people else 0
    of_ingresses, bodies = {}, {}
    for ingress in INGRESSES:
        ours = {name.removeprefix(OF_NGINX): value for name, value in ingress["metadata"]["annotations"].items()}
        path = ingress["spec"]["rules"][0]["http"]["paths"][0]["path"].rstrip("/")
        rate = int(ours.get("limit-rps", 0))
        burst = rate * int(ours.get("limit-burst-multiplier", 5))
        of_ingresses[path] = rate, burst, int(ours.get("limit-connections", 0))
        bodies[path] = ours.get("proxy-body-size"), ours.get("client-body-buffer-size")
        assert ours["enable-access-log"] == "false", "what people set, and a leader's link, would be written into it"
        assert ours["proxy-max-temp-file-size"] == "0"
    assert of_ingresses == limits
    (most,), (buffer,) = (re.findall(rf"{name} (\w+);", template) for name in ("max_body_size", "body_buffer_size"))
    assert bodies["/_stcore/upload_file"] == (most, buffer)


@pytest.mark.skipif(sys.platform == "win32", reason="the commands are those of a shell")
def test_hugging_face_gets_an_image_for_strangers_in_its_own_frame(tmp_path):
    """By the last two of the commands in the document."""
    (tmp_path / "space").mkdir()
    (tmp_path / "deploy").symlink_to(DEPLOY)
    commands = HOSTING.partition("## Hugging Face Spaces")[2].partition("```sh\n")[2].partition("```")[0]
    for command in commands.splitlines()[-2:]:
        subprocess.run(command, shell=True, cwd=tmp_path, check=True)
    assert (tmp_path / "space" / "README.md").read_text(encoding="utf-8").startswith("---\n")
    dockerfile = (tmp_path / "space" / "Dockerfile").read_text(encoding="utf-8")
    assert dockerfile.startswith((DEPLOY / "Dockerfile").read_text(encoding="utf-8"))
    _, _, settings = dockerfile.rpartition("\nENV ")
    assert dict(pair.split("=", 1) for pair in shlex.split(settings.replace("\\\n", ""))) == {
        "ACTIVATION_LAB_FRAME_ANCESTORS": "'self' https://huggingface.co",
        "ACTIVATION_LAB_PUBLIC": "1",
        "FORWARDED_ALLOW_IPS": "*",
        "STREAMLIT_SERVER_XSRF_COOKIE_SAME_SITE": "none",
    }


def test_hugging_face_finds_its_settings_and_the_images_port():
    _, front, text = (DEPLOY / "huggingface" / "README.md").read_text(encoding="utf-8").split("---\n", 2)
    settings: dict[str, Any] = yaml.safe_load(front)
    assert settings["sdk"] == "docker"
    assert f"EXPOSE {settings['app_port']}\n" in (DEPLOY / "Dockerfile").read_text()
    assert text.strip()


def test_every_setting_that_is_read_or_set_stands_in_the_documents_table():
    files = [*DEPLOY.rglob("*.py"), *DEPLOY.rglob("*.yaml"), *DEPLOY.rglob("*Dockerfile"), *(ROOT / "ui").rglob("*.py")]
    named = {name for path in files for name in SETTING.findall(path.read_text(encoding="utf-8"))}
    table = set(re.findall(r"^\| `([A-Z_]+)`", HOSTING, re.MULTILINE))
    assert named <= table, named - table
    assert {name for name in table if name.startswith("ACTIVATION_LAB")} <= named, "nothing reads them"
