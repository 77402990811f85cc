"""The control API: one module per topic."""

from fastapi import APIRouter

from simulator.office.api import bench, contracts, detail_changes, notices, trail, transfer_requests, users

router = APIRouter()
for topic in (bench, contracts, detail_changes, transfer_requests, users, notices, trail):
    router.include_router(topic.router)

__all__ = ["router"]
