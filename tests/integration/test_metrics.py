"""Metrics are for the machine itself or for who holds the token."""

from dataclasses import replace

from grid.core.settings import Settings


def test_the_machine_itself_may_read(client, district) -> None:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert "grid_ledger_leaves" in answer.get_data(as_text=True)


def test_others_need_the_token(app, client, district) -> None:
    conf: Settings = app.config["GRID"]
    far = {"REMOTE_ADDR": "10.1.1.1"}
    assert client.get("/metrics", environ_base=far).status_code == 404
    app.config["GRID"] = replace(conf, metrics_token="a-long-token")
    assert client.get("/metrics", environ_base=far, headers={"Authorization": "Bearer wrong"}).status_code == 404
    assert client.get("/metrics", environ_base=far, headers={"Authorization": "Bearer a-long-token"}).status_code == 200
